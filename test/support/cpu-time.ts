/**
 * CPU time that this thread has used, ms. A bound on it holds however busy the machine is with other things, which a
 * bound on a clock does not; speed itself is measured by `bench`.
 */
export function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
