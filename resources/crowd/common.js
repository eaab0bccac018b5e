// Shared by both tasks. No template literals: a dollar sign and a brace would be a variable of Mechanical Turk.
'use strict'
{
  const task = document.getElementById('task')
  const field = document.getElementById('answers')
  const query = new URLSearchParams(location.search)
  const began = Date.now()

  /** What the crowd's page filled in, else what the address says (`?video_url=...`), else nothing. */
  function given(name) {
    const filled = task.getAttribute('data-' + name.replace('_', '-')) || ''
    return filled.charAt(0) === '$' ? query.get(name) || '' : filled
  }

  const video = document.querySelector('video')
  const words = JSON.parse(document.getElementById('words').textContent)
  /** True where a crowd's page is around it: then the form is sent; else the answer is saved as a file. */
  const assignment = query.get('assignmentId')
  const isPreview = assignment === 'ASSIGNMENT_ID_NOT_AVAILABLE'
  const outer = task.closest('form')
  const hasCrowd = Boolean(outer || assignment)

  /** The form that is sent: the crowd's own, or one made here for pages that have none. */
  function formOf() {
    if (outer) return outer
    const form = document.createElement('form')
    form.method = 'post'
    form.action = (query.get('turkSubmitTo') || 'https://www.mturk.com') + '/mturk/externalSubmit'
    const id = document.createElement('input')
    id.type = 'hidden'
    id.name = 'assignmentId'
    id.value = assignment || ''
    form.append(id, field)
    document.body.append(form)
    return form
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  /** What a word looks like and how it is meant, as far as it is said. */
  function about(word) {
    const picture = word.picture && element('img', { className: 'picture', src: word.picture, alt: '' })
    const text = word.description && element('div', { className: 'quiet', textContent: word.description })
    return [picture, text].filter(Boolean)
  }

  function say(text) {
    const note = document.getElementById('note')
    note.textContent = text
    note.hidden = !text
  }

  const videoName = () =>
    given('video') || decodeURIComponent((video.dataset.name || video.src).split(/[?#]/)[0].split('/').pop() || '')

  /** Sends what was answered, or saves it. `said`: labels, tracks, and why it was skipped. */
  function send(said) {
    const size = video.videoWidth ? { width: video.videoWidth, height: video.videoHeight } : null
    const answer = Object.assign({ picture: size, seconds: Math.round((Date.now() - began) / 100) / 10 }, said)
    if (!hasCrowd) return save(answer)
    field.value = JSON.stringify([answer])
    // The button is called submit too, and would be found in the place of the form's own.
    HTMLFormElement.prototype.submit.call(formOf())
  }

  function save(answer) {
    const worker = document.getElementById('worker').value.trim()
    if (!worker) {
      say('Write your name first.')
      return document.getElementById('worker').focus()
    }
    const times = { acceptedAt: new Date(began).toISOString(), submittedAt: new Date().toISOString() }
    const whole = Object.assign({ worker: worker, video: videoName() }, times, answer)
    const text = JSON.stringify({ kind: 'whynot-answers', answers: [whole] }, null, 1)
    const safe = (name) => name.replace(/[^\p{L}\p{N}._-]+/gu, '_')
    const name = 'answer-' + safe(whole.video) + '-' + safe(worker) + '.json'
    const link = element('a', {
      href: URL.createObjectURL(new Blob([text], { type: 'application/json' })),
      download: name,
    })
    document.body.append(link)
    link.click()
    link.remove()
    say('Saved as ' + name + '. Send this file back.')
  }

  /** The row at the bottom: the name where no crowd knows it, skip with a reason, and the button. */
  function foot(submit) {
    const skip = document.getElementById('skip')
    skip.addEventListener('change', () => {
      if (!skip.value) return
      const other = skip.value === 'other' ? prompt('Why?') : skip.value
      if (other) send({ labels: {}, tracks: [], skipped: other })
      skip.value = ''
    })
    document.getElementById('submit').addEventListener('click', (event) => {
      event.preventDefault()
      submit()
    })
    document.getElementById('submit').disabled = isPreview
    skip.disabled = isPreview
    if (isPreview) say('This is a preview. Accept the task to answer.')
    document.getElementById('who').hidden = hasCrowd
    document.getElementById('worker').value = query.get('worker') || ''
  }

  function openVideo() {
    const choose = document.getElementById('file')
    const url = given('video_url')
    choose.parentElement.hidden = Boolean(url)
    if (url) video.src = url
    choose.addEventListener('change', () => {
      if (!choose.files[0]) return
      video.dataset.name = choose.files[0].name
      video.src = URL.createObjectURL(choose.files[0])
    })
    video.addEventListener('error', () => say('The video does not play. Choose "does not play" under Skip.'))
  }

  /** True where a key belongs to what has the focus. */
  const isTyping = (target) =>
    /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && target.type !== 'radio' && target.type !== 'checkbox'

  function playKeys(event) {
    const frame = 1 / (Number(given('fps')) || 25)
    if (event.key === ' ') void (video.paused ? video.play() : video.pause())
    else if (event.key === 'ArrowLeft') stepTo(video.currentTime - frame)
    else if (event.key === 'ArrowRight') stepTo(video.currentTime + frame)
    else return false
    event.preventDefault()
    return true
  }

  function stepTo(time) {
    video.pause()
    video.currentTime = Math.max(0, Math.min(time, video.duration || 0))
  }

  window.crowd = { words, video, isPreview, given, element, about, say, send, foot, openVideo, isTyping, playKeys }
}
