/**
 * Adam's constants as its authors give them: how slowly the means of gradient and squared gradient move, and what keeps
 * the division apart from zero. Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015.
 */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
