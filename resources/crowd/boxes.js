const { words, video, isPreview, given, element, about, say, send, foot, openVideo, isTyping, playKeys } = window.crowd
const asked = (given('attributes') || '').split('|').filter(Boolean).map(decodeURIComponent)
const shown = asked.length ? words.filter((word) => asked.includes(word.name)) : words
/** Key frames of each word by time, and words that are not in the video. Boxes in pixels of the video. */
const tracks = new Map(shown.map((word) => [word.name, []]))
const absent = new Set()
/** Made once: a picture that is made anew at every drag would blink. */
const abouts = new Map(shown.map((word) => [word.name, about(word)]))
let current = shown[0] ? shown[0].name : ''
let mediaTime = 0
let drag = null

const stage = document.querySelector('.stage')
const layer = stage.querySelector('svg')
const list = document.getElementById('list')
const scale = () => (video.clientWidth && video.videoWidth ? video.clientWidth / video.videoWidth : 1)
const half = () => 0.5 / (Number(given('fps')) || 25)

/** The box at a time, linear between key frames; null before the first one and where it is gone. */
function boxAt(keys, time) {
  const from = keys.filter((key) => key.time <= time + 1e-4).pop()
  if (!from || from.outside) return null
  const to = keys.find((key) => key.time > time + 1e-4)
  if (!to || to.outside) return from
  const share = (time - from.time) / (to.time - from.time)
  const mix = (name) => from[name] + (to[name] - from[name]) * share
  return { left: mix('left'), top: mix('top'), width: mix('width'), height: mix('height') }
}

function setKey(name, value) {
  const keys = tracks.get(name)
  const old = keys.findIndex((key) => Math.abs(key.time - mediaTime) < half())
  const key = Object.assign({ time: mediaTime, outside: false, occluded: false }, value)
  if (old >= 0) keys[old] = Object.assign(key, { time: keys[old].time })
  else keys.push(key)
  keys.sort((a, b) => a.time - b.time)
  absent.delete(name)
}

function removeKey() {
  const keys = tracks.get(current)
  const at = keys.findIndex((key) => Math.abs(key.time - mediaTime) < half())
  if (at >= 0) keys.splice(at, 1)
  draw()
}

/** The object leaves the picture here. */
function end() {
  const box = boxAt(tracks.get(current), mediaTime)
  if (box) setKey(current, { left: box.left, top: box.top, width: box.width, height: box.height, outside: true })
  draw()
}

function draw() {
  const k = scale()
  layer.setAttribute('width', video.clientWidth)
  layer.setAttribute('height', video.clientHeight)
  layer.replaceChildren()
  for (const [name, keys] of tracks) {
    const box = drag && name === current ? drag.box : boxAt(keys, mediaTime)
    if (box) layer.append(...marks(box, name === current, k))
  }
  listWords()
}

function marks(box, isCurrent, k) {
  const rect = (stroke, width) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    const sides = { x: box.left * k, y: box.top * k, width: box.width * k, height: box.height * k }
    for (const name of Object.keys(sides)) made.setAttribute(name, sides[name])
    made.setAttribute('fill', 'none')
    made.setAttribute('stroke', stroke)
    made.setAttribute('stroke-width', width)
    return made
  }
  return [rect('#000', 4), rect(isCurrent ? '#fff' : '#e69f00', 2)]
}

function listWords() {
  list.replaceChildren(
    ...shown.map((word) => {
      const keys = tracks.get(word.name)
      const state = absent.has(word.name)
        ? 'not in the video'
        : keys.length
          ? keys.length + ' key frames'
          : 'no box yet'
      const pick = element('button', { type: 'button', textContent: word.name + ': ' + state })
      pick.setAttribute('aria-pressed', String(word.name === current))
      pick.addEventListener('click', () => {
        current = word.name
        draw()
      })
      const gone = element('button', { type: 'button', textContent: 'Not there' })
      gone.setAttribute('aria-label', word.name + ' is not in the video')
      gone.addEventListener('click', () => {
        if (!absent.delete(word.name)) absent.add(word.name)
        tracks.set(word.name, [])
        draw()
      })
      const className = 'word' + (word.name === current ? ' now' : '')
      return element('div', { className: className }, pick, gone, ...abouts.get(word.name))
    }),
  )
  const left = shown.filter((word) => !tracks.get(word.name).length && !absent.has(word.name)).length
  document.getElementById('submit').textContent = left ? 'Submit, ' + left + ' left' : 'Submit'
}

/** What a press begins: a corner of the box that is there, its inside, or a new one. */
function grab(x, y) {
  const box = boxAt(tracks.get(current), mediaTime)
  const near = 10 / scale()
  if (!box) return { fixed: { x: x, y: y } }
  const right = box.left + box.width
  const bottom = box.top + box.height
  for (const [cx, cy, fx, fy] of [
    [box.left, box.top, right, bottom],
    [right, box.top, box.left, bottom],
    [box.left, bottom, right, box.top],
    [right, bottom, box.left, box.top],
  ])
    if (Math.hypot(x - cx, y - cy) <= near) return { fixed: { x: fx, y: fy } }
  const isInside = x > box.left && x < right && y > box.top && y < bottom
  return isInside ? { moved: box, at: { x: x, y: y } } : { fixed: { x: x, y: y } }
}

function dragged(x, y) {
  if (drag.moved)
    return Object.assign({}, drag.moved, { left: drag.moved.left + x - drag.at.x, top: drag.moved.top + y - drag.at.y })
  const { fixed } = drag
  return {
    left: Math.min(x, fixed.x),
    top: Math.min(y, fixed.y),
    width: Math.abs(x - fixed.x),
    height: Math.abs(y - fixed.y),
  }
}

function pointOf(event) {
  const at = layer.getBoundingClientRect()
  const within = (value, most) => Math.max(0, Math.min(value, most))
  return [
    within((event.clientX - at.left) / scale(), video.videoWidth),
    within((event.clientY - at.top) / scale(), video.videoHeight),
  ]
}

layer.addEventListener('pointerdown', (event) => {
  if (!current || !video.videoWidth) return
  video.pause()
  layer.setPointerCapture(event.pointerId)
  drag = Object.assign(grab(...pointOf(event)), { box: boxAt(tracks.get(current), mediaTime) })
})
layer.addEventListener('pointermove', (event) => {
  if (!drag) return
  drag.box = dragged(...pointOf(event))
  draw()
})
layer.addEventListener('pointerup', (event) => {
  if (!drag) return
  const { left, top, width, height } = dragged(...pointOf(event))
  drag = null
  if (width >= 2 && height >= 2) setKey(current, { left: left, top: top, width: width, height: height })
  draw()
})
layer.addEventListener('pointercancel', () => {
  drag = null
  draw()
})

function submit() {
  const missing = shown.find((word) => !tracks.get(word.name).length && !absent.has(word.name))
  if (missing) {
    current = missing.name
    draw()
    return say(missing.name + ' has no box yet. Draw it, or say that it is not there.')
  }
  const round = (key) => {
    const made = Object.assign({}, key)
    for (const name of ['left', 'top', 'width', 'height']) made[name] = Math.round(key[name] * 100) / 100
    made.time = Math.round(key.time * 10000) / 10000
    return made
  }
  const drawn = [...tracks]
    .filter(([, keys]) => keys.length)
    .map(([name, keys]) => ({ attribute: name, keyframes: keys.map(round) }))
  send({ labels: Object.fromEntries([...absent].map((name) => [name, 'absent'])), tracks: drawn })
}

document.addEventListener('keydown', (event) => {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey) return
  const digit = /^Digit([1-9])$/.exec(event.code)
  if (digit && shown[Number(digit[1]) - 1]) current = shown[Number(digit[1]) - 1].name
  else if (event.code === 'KeyX') end()
  else if (event.key === 'Delete' || event.key === 'Backspace') removeKey()
  else if (event.key === 'Enter' && event.target.tagName !== 'BUTTON' && !isPreview) submit()
  else if (event.target.tagName === 'BUTTON' || !playKeys(event)) return
  event.preventDefault()
  draw()
})
document.getElementById('end').addEventListener('click', end)
document.getElementById('remove').addEventListener('click', removeKey)

/** The time of the picture that is shown, not of the clock. */
function seen(_now, frame) {
  mediaTime = frame.mediaTime
  draw()
  video.requestVideoFrameCallback(seen)
}
video.requestVideoFrameCallback(seen)
addEventListener('resize', draw)
video.addEventListener('loadedmetadata', draw)

foot(submit)
openVideo()
draw()
