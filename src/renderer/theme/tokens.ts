/**
 * Every colour, size and time of the look, under names that say the job. Chrome is grey, colour is data: one accent for
 * action, selection and focus; every other hue is an attribute or a state. CSS, Vuetify, ECharts and Konva all read these.
 */

export type Mode = 'dark' | 'light'

const dark = {
  bg: '#121418',
  surface: '#191C21',
  'surface-2': '#21252B',
  'surface-3': '#2A2F37',
  'surface-4': '#353B45',
  'surface-pop': '#262A32',
  stage: '#0B0C0E',
  line: '#2B3038',
  'line-2': '#3B424D',
  'line-3': '#707A8B',
  text: '#E9EBEF',
  'text-2': '#B6BCC7',
  'text-3': '#969EAC',
  'text-disabled': '#666E7B',
  accent: '#A9B4FF',
  'on-accent': '#12163A',
  'accent-2': '#2C3266',
  'on-accent-2': '#DFE3FF',
  'accent-3': '#23274A',
  'class-a': '#A9B4FF',
  'class-b': '#A3ABB8',
  ok: '#5ED0A0',
  'ok-2': '#17352A',
  warn: '#F2B84B',
  'warn-2': '#3A2E14',
  error: '#FF8A8A',
  'error-2': '#43201F',
  'on-error': '#2B0A0A',
  'heat-0': '#21252B',
  'heat-1': '#2C3266',
  'heat-2': '#414A93',
  'heat-3': '#6470C4',
  'heat-4': '#A9B4FF',
}

export type ColorName = keyof typeof dark

const light: Record<ColorName, string> = {
  bg: '#F1F3F6',
  surface: '#FFFFFF',
  'surface-2': '#F7F8FA',
  'surface-3': '#ECEFF3',
  'surface-4': '#DDE1E8',
  'surface-pop': '#FFFFFF',
  stage: '#DADEE4',
  line: '#E2E6EB',
  'line-2': '#CDD3DB',
  'line-3': '#7E8795',
  text: '#171A20',
  'text-2': '#434B58',
  'text-3': '#596270',
  'text-disabled': '#98A0AC',
  accent: '#474DC4',
  'on-accent': '#FFFFFF',
  'accent-2': '#E3E6FF',
  'on-accent-2': '#262C7A',
  'accent-3': '#EDEFFF',
  'class-a': '#474DC4',
  'class-b': '#5E6775',
  ok: '#0B7551',
  'ok-2': '#DDF3E9',
  warn: '#8A5A00',
  'warn-2': '#FCEFD2',
  error: '#BE2F3E',
  'error-2': '#FDE4E4',
  'on-error': '#FFFFFF',
  'heat-0': '#F7F8FA',
  'heat-1': '#DFE2FB',
  'heat-2': '#B3B9F0',
  'heat-3': '#5F67D2',
  'heat-4': '#474DC4',
}

export const colors: Record<Mode, Record<ColorName, string>> = { dark, light }

/** Shadows and veils, which are no plain colours. */
export const effects: Record<Mode, Record<string, string>> = {
  dark: {
    'shadow-1': '0 1px 2px rgb(0 0 0 / .4)',
    'shadow-2': '0 4px 12px rgb(0 0 0 / .45), 0 0 0 1px rgb(255 255 255 / .06)',
    'shadow-3': '0 16px 40px rgb(0 0 0 / .55), 0 0 0 1px rgb(255 255 255 / .08)',
    scrim: 'rgb(6 7 9 / .62)',
    'swatch-edge': 'rgb(0 0 0 / .35)',
  },
  light: {
    'shadow-1': '0 1px 2px rgb(20 24 32 / .08)',
    'shadow-2': '0 4px 12px rgb(20 24 32 / .12), 0 0 0 1px rgb(20 24 32 / .06)',
    'shadow-3': '0 16px 40px rgb(20 24 32 / .2), 0 0 0 1px rgb(20 24 32 / .08)',
    scrim: 'rgb(30 34 42 / .38)',
    'swatch-edge': 'rgb(0 0 0 / .45)',
  },
}

/** Attributes and tubes: one palette for both themes, because it lies on video. */
export const attributePalette = [
  { name: 'amber', color: '#E69F00' },
  { name: 'sky', color: '#64AFFD' },
  { name: 'green', color: '#2C9C71' },
  { name: 'orchid', color: '#C770A9' },
  { name: 'lemon', color: '#F2F57C' },
  { name: 'vermilion', color: '#D55E00' },
  { name: 'mist', color: '#DDF3EC' },
  { name: 'violet', color: '#8C52DF' },
] as const

/** What is drawn on video besides attributes; the same in both themes. */
export const marks = { halo: 'rgb(0 0 0 / .62)', truth: '#FFFFFF', handle: '#FFFFFF', 'on-attr': '#0B0C0E' }

const ui =
  'Inter, "Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, "SF Pro Text", "Noto Sans", Cantarell, Ubuntu, "DejaVu Sans Condensed", "DejaVu Sans", sans-serif'
const mono = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'

export const fonts = { ui, mono }

/** Type, space, sizes and motion. */
export const measures: Record<string, string> = {
  'font-ui': ui,
  'font-mono': mono,
  'type-display': '600 24px/32px var(--font-ui)',
  'type-metric': '600 20px/24px var(--font-ui)',
  'type-title': '600 16px/24px var(--font-ui)',
  'type-subtitle': '600 13px/20px var(--font-ui)',
  'type-body': '400 13px/20px var(--font-ui)',
  'type-label': '500 12px/16px var(--font-ui)',
  'type-caption': '400 12px/16px var(--font-ui)',
  'type-micro': '500 11px/16px var(--font-ui)',
  'type-mono': '400 12px/16px var(--font-mono)',
  ...{ 'space-1': '4px', 'space-2': '8px', 'space-3': '12px', 'space-4': '16px' },
  ...{ 'space-5': '24px', 'space-6': '32px', 'space-7': '48px' },
  ...{ 'radius-s': '4px', 'radius-m': '6px', 'radius-l': '10px', 'radius-full': '999px' },
  ...{ 'size-topbar': '40px', 'size-status': '28px', 'size-rail': '72px', 'size-head': '48px' },
  ...{ 'size-row': '28px', 'size-row-comfortable': '36px', 'size-control': '32px' },
  ...{ 'size-control-compact': '28px', 'size-target': '24px' },
  ...{ 'motion-fast': '90ms', 'motion-base': '160ms', 'motion-slow': '240ms', ease: 'cubic-bezier(.2, 0, 0, 1)' },
}

function declarations(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `  --${name}: ${value};`)
    .join('\n')
}

/** The tokens as CSS custom properties; `data-theme` on the root element chooses. */
export function tokensCss(): string {
  const palette = Object.fromEntries(attributePalette.map(({ color }, i) => [`attr-${i + 1}`, color]))
  return [
    `:root {\n${declarations({ ...measures, ...marks, ...palette })}\n}`,
    `:root, [data-theme='dark'] {\n  color-scheme: dark;\n${declarations({ ...dark, ...effects.dark })}\n}`,
    `[data-theme='light'] {\n  color-scheme: light;\n${declarations({ ...light, ...effects.light })}\n}`,
    '@media (prefers-reduced-motion: reduce) {\n  :root { --motion-fast: 0ms; --motion-base: 0ms; --motion-slow: 0ms; }\n}',
  ].join('\n')
}
