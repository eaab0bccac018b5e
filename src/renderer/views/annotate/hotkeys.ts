const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** The first nine rows have a digit each, the next nine Q and a digit, and so on; 63 rows, the others are found by name. */
export const hotkeys: readonly string[] = ['', 'Q ', 'W ', 'E ', 'R ', 'T ', 'Z '].flatMap((first) =>
  digits.map((digit) => first + digit),
)
