/** The 24 classes of UCF101-24 in the order of the corrected annotations' labels. */
export const ucf24Classes = [
  'Basketball',
  'BasketballDunk',
  'Biking',
  'CliffDiving',
  'CricketBowling',
  'Diving',
  'Fencing',
  'FloorGymnastics',
  'GolfSwing',
  'HorseRiding',
  'IceDancing',
  'LongJump',
  'PoleVault',
  'RopeClimbing',
  'SalsaSpin',
  'SkateBoarding',
  'Skiing',
  'Skijet',
  'SoccerJuggling',
  'Surfing',
  'TennisSwing',
  'TrampolineJumping',
  'VolleyballSpiking',
  'WalkingWithDog',
] as const

/** Names that older THUMOS files give the same classes. */
const olderNames: Readonly<Record<string, string>> = {
  basketball_shooting: 'Basketball',
  biking: 'Biking',
  diving: 'Diving',
  golf_swing: 'GolfSwing',
  horse_riding: 'HorseRiding',
  soccer_juggling: 'SoccerJuggling',
  tennis_swing: 'TennisSwing',
  trampoline_jumping: 'TrampolineJumping',
  volleyball_spiking: 'VolleyballSpiking',
  walking: 'WalkingWithDog',
}

/** The class a THUMOS attribute means. */
export function ucfClass(name: string): string {
  return olderNames[name] ?? name
}

/** `v_Basketball_g01_c02` is of the film `g01` of its class: clips of one film stay on one side of a split. */
export function groupOfUcf(video: string): string | null {
  const found = /^v_(.+)_(g\d+)_c\d+/.exec(video)
  return found ? `${found[1]}_${found[2]}` : null
}
