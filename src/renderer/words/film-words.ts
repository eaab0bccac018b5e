import { mdiFilmstrip, mdiImageMultipleOutline, mdiMovieOpenOutline } from '@mdi/js'
import type { FilmFormat } from '@shared/contract/films'

/** How a tube over its video is offered as a file. */
export const filmWords = [
  { format: 'strip', title: 'Strip', text: 'pictures side by side, PNG', icon: mdiFilmstrip, ending: '.png' },
  {
    ...{ format: 'webp', title: 'Animated picture', text: 'WebP, for pages and mail' },
    ...{ icon: mdiImageMultipleOutline, ending: '.webp' },
  },
  { format: 'mp4', title: 'Film', text: 'MP4, the tube drawn', icon: mdiMovieOpenOutline, ending: '.mp4' },
] as const satisfies readonly { format: FilmFormat; title: string; text: string; icon: string; ending: string }[]
