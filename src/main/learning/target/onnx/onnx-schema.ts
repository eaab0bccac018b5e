import protobuf from 'protobufjs'

const repeated = { rule: 'repeated' } as const

/** The fields of onnx.proto3 that are read or written, by their numbers (https://onnx.ai/onnx/repo-docs/IR.html). */
const schema = {
  nested: {
    Pair: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    Size: { fields: { value: { type: 'int64', id: 1 }, name: { type: 'string', id: 2 } } },
    Shape: { fields: { dim: { ...repeated, type: 'Size', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    ValueType: { fields: { tensor: { type: 'TensorType', id: 1 } } },
    Value: { fields: { name: { type: 'string', id: 1 }, type: { type: 'ValueType', id: 2 } } },
    Tensor: {
      fields: {
        dims: { ...repeated, type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
        externalData: { ...repeated, type: 'Pair', id: 13 },
        dataLocation: { type: 'int32', id: 14 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        i: { type: 'int64', id: 3 },
        ints: { ...repeated, type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    Node: {
      fields: {
        input: { ...repeated, type: 'string', id: 1 },
        output: { ...repeated, type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { ...repeated, type: 'Attribute', id: 5 },
      },
    },
    Graph: {
      fields: {
        node: { ...repeated, type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { ...repeated, type: 'Tensor', id: 5 },
        input: { ...repeated, type: 'Value', id: 11 },
        output: { ...repeated, type: 'Value', id: 12 },
      },
    },
    Opset: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { ...repeated, type: 'Opset', id: 8 },
        metadata: { ...repeated, type: 'Pair', id: 14 },
      },
    },
  },
}

/** The message that an ONNX file is. */
export function modelType(): protobuf.Type {
  return protobuf.Root.fromJSON(schema).lookupType('Model')
}
