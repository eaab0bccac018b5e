import { z } from 'zod'

export const StarterName = z.enum(['poses', 'sports', 'scenes'])
export type StarterName = z.infer<typeof StarterName>

const StarterWord = z.object({
  name: z.string(),
  group: z.string(),
  side: z.enum(['none', 'left', 'right']),
  description: z.string(),
})
type StarterWord = z.infer<typeof StarterWord>

/** A small vocabulary to begin with; what of it does not fit is deleted or renamed. */
export const Starter = z.object({
  name: StarterName,
  title: z.string(),
  about: z.string(),
  words: z.array(StarterWord),
})
export type Starter = z.infer<typeof Starter>

/** Words of one group: each with when it is present. */
function group(name: string, words: Readonly<Record<string, string>>): StarterWord[] {
  return Object.entries(words).map(([word, description]) => {
    const side = /\b(left|right)\b/.exec(word)?.[1]
    return { name: word, group: name, side: side === 'left' || side === 'right' ? side : 'none', description }
  })
}

/** Words that somebody who looks at one clip can answer, and can put a box round. */
export const starterVocabularies: Readonly<Record<StarterName, Omit<Starter, 'name'>>> = {
  poses: {
    title: 'People\u2019s poses',
    about: 'What one person does with body, arms and legs: yoga, gymnastics, exercises.',
    words: [
      ...group('Body', {
        standing: 'The weight is on one or both feet for most of the clip.',
        sitting: 'The weight is on the seat, on the floor or on something.',
        kneeling: 'One or both knees carry the weight.',
        lying: 'The trunk lies on the floor, on whichever side.',
        'upside down': 'The head is below the hips.',
        'bending forward': 'The trunk comes more than half way to the thighs.',
      }),
      ...group('Arms', {
        'left arm raised': 'The left hand of the person is above the shoulder.',
        'right arm raised': 'The right hand of the person is above the shoulder.',
        'arms stretched sideways': 'Both arms are about level and nearly straight.',
        'hands on the ground': 'At least one palm carries weight.',
      }),
      ...group('Legs', {
        'left leg raised': 'The left foot of the person leaves the ground while the other stays.',
        'right leg raised': 'The right foot of the person leaves the ground while the other stays.',
        'knees bent': 'Both knees are bent by about a right angle or more.',
        'both feet off the ground': 'For at least one frame nothing below the waist touches the ground.',
      }),
    ],
  },
  sports: {
    title: 'Sports',
    about: 'What is held, what is done with it and where: ball games, athletics, boards.',
    words: [
      ...group('Things', {
        ball: 'Any ball that is played with, in play or held.',
        'bat, club or racket': 'Something held to hit with.',
        pole: 'A long rod that is held, leant on or jumped over with.',
        board: 'A board under the feet: skateboard, surfboard, snowboard.',
        'bar or rings': 'Something fixed that a person hangs from or swings on.',
        hurdle: 'Something that is jumped over.',
        'net or goal': 'What the ball goes over or into is seen.',
      }),
      ...group('Doing', {
        running: 'Both feet leave the ground between steps.',
        jumping: 'The person leaves the ground on purpose, and higher than in running.',
        throwing: 'Something leaves the hand with force.',
        hitting: 'Something is struck with hand, head, foot or a thing that is held.',
        turning: 'The whole body turns once or more about any axis.',
        landing: 'The person comes down after a flight or a jump.',
      }),
      ...group('Place', {
        water: 'Water that the sport is done in or on.',
        'snow or ice': 'Snow or ice that the sport is done on.',
        'court or hall': 'A marked floor, indoors or outdoors.',
        'field or track': 'Grass, sand or a running track.',
      }),
    ],
  },
  scenes: {
    title: 'Simple scenes',
    about: 'What is in the picture: for clips that differ by place and things rather than by movement.',
    words: [
      ...group('Place', {
        indoors: 'Walls or a ceiling on most sides.',
        outdoors: 'Open sky or open ground.',
        water: 'A surface of water larger than a bowl.',
        plants: 'Trees, grass or plants in pots.',
        'road or street': 'A way that vehicles go on.',
        furniture: 'Tables, chairs, beds, shelves.',
      }),
      ...group('Who and what', {
        'one person': 'Exactly one person is seen in most of the clip.',
        'several people': 'Two or more people are seen at the same time.',
        animal: 'An animal, not a picture of one.',
        vehicle: 'Anything with wheels, wings or a hull that carries somebody.',
        'something in the hands': 'A person holds or uses a thing.',
        food: 'Something that is eaten, cooked or drunk.',
      }),
      ...group('Picture', {
        dark: 'Most of the picture is too dark to see details.',
        'camera moves': 'The background moves across the picture.',
        'close up': 'A face, hand or thing fills more than half of the picture.',
        'text in the picture': 'Letters that can be read.',
      }),
    ],
  },
}

/** All of them, in the order they are offered. */
export function starters(): Starter[] {
  return StarterName.options.map((name) => ({ name, ...starterVocabularies[name] }))
}
