import { type ThemeDefinition, createVuetify } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { type Mode, colors } from './tokens'

function themeOf(mode: Mode): ThemeDefinition {
  const c = colors[mode]
  return {
    dark: mode === 'dark',
    colors: {
      background: c.bg,
      surface: c.surface,
      'surface-bright': c['surface-3'],
      'surface-light': c['surface-2'],
      'surface-variant': c['surface-pop'],
      'on-surface-variant': c.text,
      primary: c.accent,
      'on-primary': c['on-accent'],
      secondary: c['text-2'],
      error: c.error,
      'on-error': c['on-error'],
      success: c.ok,
      warning: c.warn,
      info: c.accent,
      'on-background': c.text,
      'on-surface': c.text,
    },
    variables: {
      'border-color': c['line-3'],
      'border-opacity': 1,
      'high-emphasis-opacity': 1,
      'medium-emphasis-opacity': 0.8,
      'hover-opacity': 0.06,
      'focus-opacity': 0.08,
      'activated-opacity': 0.1,
    },
  }
}

const field = { variant: 'outlined', density: 'compact', hideDetails: 'auto', color: 'primary' } as const

/** Vuetify in our look: quiet, compact, no ripples; icons are SVG paths, no font. */
export function makeVuetify(mode: Mode | 'system') {
  return createVuetify({
    theme: { defaultTheme: mode, themes: { dark: themeOf('dark'), light: themeOf('light') } },
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    defaults: {
      global: { ripple: false },
      VBtn: { variant: 'text', density: 'default' },
      VTextField: field,
      VTextarea: field,
      VSelect: { ...field, menuProps: { offset: 4 } },
      VAutocomplete: { ...field, menuProps: { offset: 4 } },
      VCombobox: { ...field, menuProps: { offset: 4 } },
      VNumberInput: { ...field, controlVariant: 'hidden' },
      VCheckbox: { density: 'compact', hideDetails: 'auto', color: 'primary' },
      VCheckboxBtn: { density: 'compact', color: 'primary' },
      VSwitch: { density: 'compact', hideDetails: 'auto', color: 'primary', inset: true },
      VCard: { elevation: 0, border: true },
      VList: { density: 'compact' },
      VMenu: { offset: 4 },
      VTooltip: { openDelay: 400, location: 'bottom' },
      VTabs: { density: 'compact', color: 'primary' },
    },
  })
}
