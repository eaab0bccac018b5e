import { type Router, createRouter, createWebHashHistory } from 'vue-router'

/** The screens that the rail shows, in its order; Ctrl+1-7 and G then `letter` go there. */
export const screens = [
  { name: 'library', title: 'Library', letter: 'L' },
  { name: 'annotate', title: 'Annotate', letter: 'A' },
  { name: 'campaigns', title: 'Campaigns', letter: 'C' },
  { name: 'train', title: 'Train', letter: 'T' },
  { name: 'explain', title: 'Explain', letter: 'E' },
  { name: 'review', title: 'Review', letter: 'R' },
] as const

export type ScreenName = (typeof screens)[number]['name'] | 'settings' | 'start'

/** The page of those who only answer: it stands alone, without the frame of the window. */
export const itemPage = 'item'

/** Addresses lie behind the #, so that a reload finds the same screen under either host. */
export function makeRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/library' },
      { path: '/start', name: 'start', component: () => import('@renderer/views/start/StartView.vue') },
      {
        path: '/library/:tab(videos|statistics|imports|vocabulary)?',
        name: 'library',
        component: () => import('@renderer/views/library/LibraryView.vue'),
        props: true,
      },
      {
        path: '/annotate/:video?',
        name: 'annotate',
        component: () => import('@renderer/views/annotate/AnnotateView.vue'),
        props: true,
      },
      {
        path: '/campaigns/:campaign?',
        name: 'campaigns',
        component: () => import('@renderer/views/campaigns/overview/CampaignsView.vue'),
        props: true,
      },
      {
        path: '/disagreements/:campaign/:item?',
        name: 'disagreements',
        meta: { within: 'campaigns' },
        component: () => import('@renderer/views/campaigns/disagreements/DisagreementsView.vue'),
        props: true,
      },
      {
        path: '/train/:run?',
        name: 'train',
        component: () => import('@renderer/views/train/TrainView.vue'),
        props: true,
      },
      {
        path: '/explain/:video?',
        name: 'explain',
        component: () => import('@renderer/views/explain/ExplainView.vue'),
        props: true,
      },
      {
        path: '/review/:evaluation?',
        name: 'review',
        component: () => import('@renderer/views/review/ReviewView.vue'),
        props: true,
      },
      {
        path: '/item/:campaign?',
        name: itemPage,
        component: () => import('@renderer/views/campaigns/item/ItemPage.vue'),
        props: true,
      },
      { path: '/settings', name: 'settings', component: () => import('@renderer/views/settings/SettingsView.vue') },
      { path: '/:rest(.*)*', redirect: '/library' },
    ],
  })
}
