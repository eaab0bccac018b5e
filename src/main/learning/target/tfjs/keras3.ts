/** Anything of JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The name under which batch norm of five dimensions is known (`batch-norm.ts`). */
export const batchNormName = 'BatchNormalizationAnyRank'

/**
 * The topology of a LayersModel as TensorFlow.js reads it: Keras 3 writes `batch_shape`, types as objects and the ways
 * between layers as arguments. Batch norm becomes the one that knows clips.
 */
export function fromKeras3(topology: unknown): object {
  return changed(topology as Json) as object
}

function changed(value: Json): Json {
  if (isList(value)) return value.map(changed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as { readonly [key: string]: Json }).map(([key, own]): [string, Json] => {
    if (key === 'batch_shape') return ['batch_input_shape', own]
    if (key === 'dtype') return [key, typeName(own)]
    if (key === 'inbound_nodes') return [key, inboundNodes(own)]
    if (key === 'input_layers' || key === 'output_layers') return [key, listed(own)]
    if (key === 'class_name' && own === 'BatchNormalization') return [key, batchNormName]
    return [key, changed(own)]
  })
  return Object.fromEntries(entries)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function field(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined
  return (value as { readonly [key: string]: Json })[key]
}

/** { class_name: "DTypePolicy", config: { name: "float32" } } to "float32". */
function typeName(value: Json): Json {
  return field(field(value, 'config'), 'name') ?? value
}

/** One layer as ["name", 0, 0] to a list of one. */
function listed(value: Json): Json {
  return isList(value) && typeof value[0] === 'string' ? [value] : value
}

/** Calls of a layer: { args: [tensor or list of tensors] } to [[name, node, tensor, {}], ...]. */
function inboundNodes(value: Json): Json {
  if (!isList(value)) return value
  return value.map((call) => {
    const args = field(call, 'args')
    if (args === undefined || !isList(args)) return call
    return args
      .flatMap((arg) => (isList(arg) ? arg : [arg]))
      .flatMap((arg): Json[] => {
        const history = field(field(arg, 'config'), 'keras_history')
        return history !== undefined && isList(history) ? [[...history, {}]] : []
      })
  })
}
