import type { Action } from '@renderer/actions/action-registry'
import type { Player } from './player'

/** The keys of every player: play, shuttle, step, ends, speed. */
export function playerActions(player: Player): Action[] {
  const group = 'Player'
  const allowed = () => player.state.value === 'ready'
  const action = (id: string, name: string, key: string, run: () => void): Action => {
    return { id: `player.${id}`, name, group, keys: [key], allowed, keyOnly: true, run }
  }
  return [
    action('toggle', 'Play or pause', 'Space', () => player.toggle()),
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
