/**
 * Largest question that Mechanical Turk takes, bytes
 * (https://docs.aws.amazon.com/AWSMechTurk/latest/AWSMturkAPI/ApiReference_CreateHITOperation.html).
 */
export const largestQuestion = 65_535

/** What can be done with a page that is larger; sizes in kB (1,000 bytes), rounded up. */
export function tooLargeWords({ name, bytes }: { name: string; bytes: number }): string {
  const most = Math.floor(largestQuestion / 1000)
  return `${name} has ${Math.ceil(bytes / 1000)} kB; a question of Mechanical Turk takes ${most} kB. Write it without pictures, or put it on a web server and ask it as an ExternalQuestion.`
}
