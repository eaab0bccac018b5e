import { type Mode, attributePalette, colors, fonts } from './tokens'

/** One ECharts theme: grey axes, tabular micro type, data in the text and accent colours. */
export function chartTheme(mode: Mode) {
  const c = colors[mode]
  const axis = {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: c['text-3'], fontSize: 11, fontFamily: fonts.ui },
    nameTextStyle: { color: c['text-3'], fontSize: 11, fontFamily: fonts.ui },
    splitLine: { lineStyle: { color: c.line } },
  }
  return {
    color: [c.accent, c.text, c['text-2'], ...attributePalette.map(({ color }) => color)],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: fonts.ui, color: c.text },
    valueAxis: axis,
    categoryAxis: { ...axis, splitLine: { show: false } },
    tooltip: {
      backgroundColor: c['surface-pop'],
      borderColor: c['line-2'],
      textStyle: { color: c.text, fontSize: 12, fontFamily: fonts.ui },
    },
  }
}
