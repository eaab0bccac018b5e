/** Numbers as the studio writes them: a real minus sign, fixed places, thousands apart. */

const minus = '\u2212'

function withMinus(text: string): string {
  return text.replace(/^-/, minus)
}

/** A probability, three places: "0.931". */
export function probability(value: number): string {
  return value.toFixed(3)
}

/** A metric, two places; a dash where it is not defined. */
export function metric(value: number | null | undefined, places = 2): string {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : withMinus(value.toFixed(places))
}

/** A signed score: "+4.82", "−0.31". */
export function score(value: number, places = 2): string {
  const text = Math.abs(value).toFixed(places)
  if (Number(text) === 0) return text
  return `${value > 0 ? '+' : minus}${text}`
}

/** Any number of a curve, three digits that count. */
export function shortNumber(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e6 || size < 1e-3) return withMinus(value.toExponential(1))
  return withMinus(size >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString())
}

/** A count with its thousands apart: "4 118". */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u2009')
}

/** "1 video", "3 videos". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A length of time in its two largest units: "40 s", "6 min 10 s", "1 h 52 min". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 && minutes < 10 ? `${minutes} min ${whole % 60} s` : `${minutes} min`
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`
}

/** Time left, coarse: "a few seconds", "40 s left", "6 min left". */
export function timeLeft(seconds: number | null): string {
  if (seconds === null) return 'length not known yet'
  if (seconds < 5) return 'a few seconds left'
  return `${seconds < 90 ? `${Math.round(seconds / 5) * 5} s` : duration(Math.round(seconds / 60) * 60)} left`
}

/** How long ago, from `now`: "just now", "4 min ago". Both in ms. */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000)
  if (seconds < 2) return 'just now'
  if (seconds < 86_400) return `${duration(seconds < 60 ? seconds : Math.floor(seconds / 60) * 60)} ago`
  return new Date(then).toLocaleDateString()
}

/** Memory: "640 MB", "1.8 GB". */
export function memory(megabytes: number): string {
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`
}

/** A phrase as a sentence of its own: a capital first, a full stop last. */
export function sentence(phrase: string): string {
  const text = phrase.trim()
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return text === '' || /[.!?]$/.test(text) ? begun : `${begun}.`
}

/** "36 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
