import type { Action } from '../../shell/actions'
import type { Player } from './player'

/**
 * Whether the keyboard stands on a control of its own, where Enter and Space belong to it. A click leaves the focus
 * there too, but without its ring, and then the keys stay with the screen.
 */
export function isOnControl(): boolean {
  const focused = document.activeElement
  return focused !== null && focused.matches('button:focus-visible, a:focus-visible, [role="option"]:focus-visible')
}

/** The keys of every player: play, shuttle, step, ends, speed. */
export function playerActions(player: Player): Action[] {
  const group = 'Player'
  const enabled = () => player.state.value === 'ready'
  const action = (id: string, name: string, keys: string, run: () => void): Action => {
    return { id: `player-${id}`, name, keys, group, enabled, run }
  }
  return [
    { ...action('toggle', 'Play or pause', 'Space', () => player.toggle()), enabled: () => enabled() && !isOnControl() },
    action('back', 'Play backwards, faster', 'J', () => player.shuttle(-1)),
    action('stop', 'Stop', 'K', () => player.pause()),
    action('on', 'Play, faster', 'L', () => player.shuttle(1)),
    action('next', 'Next frame', 'ArrowRight', () => player.step(1)),
    action('previous', 'Previous frame', 'ArrowLeft', () => player.step(-1)),
    action('ten', 'Ten frames on', 'Shift+ArrowRight', () => player.step(10)),
    action('ten-back', 'Ten frames back', 'Shift+ArrowLeft', () => player.step(-10)),
    action('first', 'First frame', 'Home', () => player.step(-player.wanted)),
    action('last', 'Last frame', 'End', () => player.step(player.last - player.wanted)),
    action('slower', 'Slower', ',', () => player.changeSpeed(-1)),
    action('faster', 'Faster', '.', () => player.changeSpeed(1)),
  ]
}
