const { words, isPreview, element, about, say, send, foot, openVideo, isTyping, playKeys } = window.crowd
const rows = []
const said = {}

function choose(index, value) {
  const row = rows[index]
  if (!row) return
  said[words[index].name] = value
  row.inputs[value].checked = true
  focusRow(Math.min(index + 1, rows.length - 1))
  count()
}

function focusRow(index) {
  rows.forEach((row, i) => row.box.classList.toggle('now', i === index))
}

const missing = () => words.findIndex((word) => !said[word.name])

function count() {
  const left = words.filter((word) => !said[word.name]).length
  document.getElementById('submit').textContent = left ? 'Submit, ' + left + ' left' : 'Submit'
  if (!left) say('')
}

function submit() {
  const at = missing()
  if (at < 0) return send({ labels: said, tracks: [] })
  focusRow(at)
  rows[at].inputs.absent.focus()
  say(words[at].name + ' is not answered yet. "unsure" is an answer.')
}

const list = document.getElementById('list')
words.forEach((word, i) => {
  const inputs = {}
  const choices = element('div', {})
  for (const value of ['absent', 'unsure', 'present']) {
    // Without an owner, so that the crowd's form sends only the one field.
    const input = element('input', { type: 'radio', name: 'w' + i, value: value })
    input.setAttribute('form', 'none')
    input.setAttribute('aria-label', word.name + ': ' + value)
    input.addEventListener('change', () => choose(i, value))
    inputs[value] = input
    choices.append(element('label', { className: 'choice' }, input, value))
  }
  const box = element(
    'fieldset',
    { className: 'word' },
    element('legend', { textContent: i + 1 + '. ' + word.name }),
    choices,
    ...about(word),
  )
  rows.push({ box: box, inputs: inputs })
  list.append(box)
})

document.addEventListener('keydown', (event) => {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey) return
  const digit = /^Digit([1-9])$/.exec(event.code)
  if (digit) choose(Number(digit[1]) - 1, event.shiftKey ? 'absent' : event.altKey ? 'unsure' : 'present')
  else if (event.key === 'Enter' && !isPreview) submit()
  else if (event.target.tagName === 'BUTTON' || !playKeys(event)) return
  event.preventDefault()
})

focusRow(0)
foot(submit)
openVideo()
count()
