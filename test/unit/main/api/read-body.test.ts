import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBody, refuseBody } from '@main/api/read-body'

const most = 1000
let server: Server
let address = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    void readBody(request, most).then((read) => {
      if ('refusal' in read) refuseBody(response, read.refusal)
      else response.end(JSON.stringify({ read: read.body }))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

async function sent(body: RequestInit['body'], type?: string) {
  const headers = type === undefined ? undefined : { 'content-type': type }
  const answer = await fetch(address, { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  return { status: answer.status, said: (await answer.json()) as unknown }
}

test('JSON is read, with or without an encoding beside its type', async () => {
  for (const type of ['application/json', 'Application/JSON; charset=utf-8'])
    expect(await sent('{"a":[1]}', type)).toEqual({ status: 200, said: { read: { a: [1] } } })
  expect(await sent(undefined)).toEqual({ status: 200, said: {} })
})

test('what is no JSON is refused, and so is text that is not UTF-8', async () => {
  expect(await sent('{', 'application/json')).toMatchObject({ status: 400, said: { code: 'BAD_REQUEST' } })
  const broken = new Uint8Array([0x22, 0xff, 0x22])
  expect(await sent(broken, 'application/json')).toMatchObject({ status: 400, said: { code: 'BAD_REQUEST' } })
})

test('a body of another type is refused, forms among them', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    expect(await sent('{}', type)).toMatchObject({ status: 415, said: { code: 'UNSUPPORTED_MEDIA_TYPE' } })
})

test('more than the largest body is refused, said beforehand or not, and the next request is answered', async () => {
  const large = JSON.stringify('x'.repeat(most))
  expect(await sent(large, 'application/json')).toMatchObject({ status: 413 })
  const unsaid = new ReadableStream({
    start(controller) {
      for (const text of ['"', 'x'.repeat(600), 'x'.repeat(600), '"'])
        controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  })
  expect(await sent(unsaid, 'application/json')).toMatchObject({ status: 413 })
  expect(await sent('1', 'application/json')).toMatchObject({ status: 200 })
})
