import { nextTick, ref } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import type { VideoId } from '@shared/ids'
import { useGuides } from '@renderer/views/annotate/use-guides'
import { type FakeStudio, aVideo, fakeStudio } from '../../../../support/fake-api'
import { aCampaign } from '../../../../support/fake-campaigns'
import { inStudio, settled } from '../../in-studio'

let studio: FakeStudio

beforeEach(() => {
  studio = fakeStudio({ videos: 3 })
})

async function guided() {
  const video = ref<VideoId | undefined>(aVideo(0).id)
  const { result: guides } = inStudio(studio, () => useGuides(() => video.value))
  await settled()
  return { guides, video }
}

test('the guidelines of the campaigns that ask about a video are there, each read once', async () => {
  studio.state.campaigns.list = [aCampaign({ name: 'Both feet' })]
  studio.state.campaigns.guidelines = '<h2>ball</h2><p>Round.</p>'
  const { guides, video } = await guided()
  expect(guides.value).toMatchObject([{ name: 'Both feet', html: '<h2>ball</h2><p>Round.</p>' }])
  video.value = aVideo(1).id
  await nextTick()
  await settled()
  expect(studio.calls.filter(({ name }) => name === 'campaigns.guidelines')).toHaveLength(1)
})

test('what a campaign says anew is read anew, and without a video there is none', async () => {
  studio.state.campaigns.list = [aCampaign({ name: 'Both feet' })]
  studio.state.campaigns.guidelines = '<p>Before.</p>'
  const { guides, video } = await guided()
  studio.state.campaigns.guidelines = '<p>After.</p>'
  studio.change({ area: 'campaigns', ids: [] })
  await settled()
  expect(guides.value).toMatchObject([{ html: '<p>After.</p>' }])
  video.value = undefined
  await nextTick()
  await settled()
  expect(guides.value).toEqual([])
})

test("the project's own guidelines come before those of campaigns, and are read anew when they change", async () => {
  studio.state.campaigns.list = [aCampaign({ name: 'Both feet' })]
  studio.state.campaigns.guidelines = '<p>Feet.</p>'
  studio.state.guidelines = { markdown: 'All.', html: '<p>All.</p>' }
  const { guides } = await guided()
  expect(guides.value.map(({ name, html }) => [name, html])).toEqual([
    ['This project', '<p>All.</p>'],
    ['Both feet', '<p>Feet.</p>'],
  ])
  studio.state.guidelines = { markdown: '', html: '' }
  studio.change({ area: 'guidelines', ids: [] })
  await settled()
  expect(guides.value.map(({ name }) => name)).toEqual(['Both feet'])
})
