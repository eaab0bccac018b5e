/**
 * What is known of a job in Redis, and every change of it as one script, so that no two hosts ever see half of one.
 * Each job is a hash `<base>:record:<id>`; `<base>:records` orders them by the time they came, `<base>:open` names those
 * that wait or run. Times are those of Redis, in ms, so that machines whose clocks differ agree on a lease.
 */
const shared = `
local base = KEYS[1]
local time = redis.call('TIME')
local now = tonumber(ARGV[1]) or (tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local function key(id) return base .. ':record:' .. id end
local function get(id, field) return redis.call('HGET', key(id), field) end
local function put(id, ...) redis.call('HSET', key(id), ...) end
local function all(id) return redis.call('HGETALL', key(id)) end
local function num(id, field) return tonumber(get(id, field)) end
local function told(id) redis.call('PUBLISH', base .. ':changes', id) return all(id) end
local function isHeld(id)
  return get(id, 'state') == 'running' and get(id, 'owner') ~= '' and num(id, 'leaseUntil') >= now
end
-- Whoever's time ran out keeps the job as long as nobody else took it.
local function isOwner(id, owner)
  return get(id, 'state') == 'running' and get(id, 'owner') == owner
end
local function isReady(id)
  for _, before in ipairs(cjson.decode(get(id, 'after'))) do
    if get(before, 'state') ~= 'done' then return false end
  end
  return true
end
local function isVain(id)
  for _, before in ipairs(cjson.decode(get(id, 'after'))) do
    local state = get(before, 'state')
    if not state or state == 'failed' or state == 'cancelled' then return true end
  end
  return false
end
local function mayBegin(id)
  local state = get(id, 'state')
  if state == 'running' then
    return not isHeld(id) and num(id, 'stopAsked') == 0 and num(id, 'attempts') < num(id, 'mostAttempts')
  end
  return state == 'queued' and num(id, 'notBefore') <= now and isReady(id)
end
local function finish(id, state)
  put(id, 'state', state, 'owner', '', 'endedAt', now, 'linedUntil', 0)
  redis.call('SREM', base .. ':open', id)
  return told(id)
end
`

/** A place in the line that nobody took for so long is given anew: whoever was to give or take it has died. */
const lineMs = 30_000
/** Whoever gives places has hardly needed longer: until then others give the same ones too, and wait for nobody. */
const givingMs = 2_000

const bodies = {
  add: `
local id = ARGV[2]
if redis.call('EXISTS', key(id)) == 1 then return all(id) end
local seq = redis.call('INCR', base .. ':seq')
put(id, 'id', id, 'about', ARGV[3], 'kind', ARGV[4], 'priority', ARGV[5], 'after', ARGV[6], 'mostAttempts', ARGV[7],
  'state', 'queued', 'seq', seq, 'attempts', 0, 'owner', '', 'leaseUntil', 0, 'notBefore', 0, 'stopAsked', 0,
  'turn', 0, 'linedUntil', 0, 'createdAt', now, 'startedAt', ARGV[8], 'endedAt', '', 'result', 'null', 'failure', 'null')
redis.call('ZADD', base .. ':records', seq, id)
redis.call('SADD', base .. ':open', id)
return told(id)`,
  // Those that may begin and may have no place in the line of their kind yet, the oldest first.
  unlined: `
local wanted, found = {}, {}
for i = 2, #ARGV do wanted[ARGV[i]] = true end
for _, id in ipairs(redis.call('SMEMBERS', base .. ':open')) do
  local lined = num(id, 'linedUntil')
  local isOpen = lined <= now or lined > now + ${lineMs - givingMs}
  if wanted[get(id, 'kind')] and isOpen and mayBegin(id) then table.insert(found, id) end
end
table.sort(found, function(a, b) return num(a, 'seq') < num(b, 'seq') end)
local lines = {}
for _, id in ipairs(found) do
  if num(id, 'linedUntil') <= now then
    put(id, 'linedUntil', now + ${lineMs})
    redis.call('HINCRBY', key(id), 'turn', 1)
  end
  table.insert(lines, { id, get(id, 'kind'), get(id, 'priority'), get(id, 'seq'), get(id, 'turn') })
end
return lines`,
  take: `
local id, owner, lease = ARGV[2], ARGV[3], tonumber(ARGV[4])
if redis.call('EXISTS', key(id)) == 0 or not mayBegin(id) then return false end
local began = get(id, 'startedAt')
put(id, 'state', 'running', 'attempts', num(id, 'attempts') + 1, 'owner', owner, 'leaseUntil', now + lease,
  'stopAsked', 0, 'linedUntil', 0, 'startedAt', began == '' and now or began, 'endedAt', '')
return { began == '' and 'new' or 'resumed', told(id) }`,
  extend: `
local id, owner = ARGV[2], ARGV[3]
if not isOwner(id, owner) then return 'lost' end
put(id, 'leaseUntil', now + tonumber(ARGV[4]))
local asked = get(id, 'stopAsked')
return asked == '1' and 'stop' or asked == '2' and 'pause' or 'kept'`,
  settle: `
local id, owner, state = ARGV[2], ARGV[3], ARGV[4]
if not isOwner(id, owner) then return 0 end
if state == 'queued' then
  put(id, 'state', 'queued', 'owner', '', 'notBefore', now + tonumber(ARGV[5]), 'linedUntil', 0)
  told(id)
else
  put(id, 'failure', ARGV[6])
  if state == 'done' then put(id, 'result', ARGV[7]) end
  finish(id, state)
end
return 1`,
  stop: `
local id = ARGV[2]
local state = get(id, 'state')
if state ~= 'queued' and state ~= 'running' then return false end
if not isHeld(id) then return finish(id, ARGV[3]) end
put(id, 'stopAsked', ARGV[3] == 'paused' and 2 or 1)
return told(id)`,
  requeue: `
local id = ARGV[2]
local state = get(id, 'state')
if not state or state == 'done' or state == 'queued' or state == 'running' then return false end
put(id, 'state', 'queued', 'attempts', 0, 'owner', '', 'notBefore', 0, 'stopAsked', 0, 'failure', 'null', 'endedAt', '',
  'linedUntil', 0)
redis.call('SADD', base .. ':open', id)
return told(id)`,
  sweep: `
local ended = {}
local left = { ['0'] = 'interrupted', ['1'] = 'cancelled', ['2'] = 'paused' }
for _, id in ipairs(redis.call('SMEMBERS', base .. ':open')) do
  local state = get(id, 'state')
  if state == 'running' and not isHeld(id) and not mayBegin(id) then
    table.insert(ended, finish(id, left[get(id, 'stopAsked')]))
  elseif state == 'queued' and isVain(id) then
    table.insert(ended, finish(id, 'cancelled'))
  end
end
return ended`,
} as const

export type ScriptName = keyof typeof bodies

/** Each change of a job by its name: a script whose first key is the base and whose first argument is the time, where it is not that of Redis. */
export const scripts: readonly { name: ScriptName; lua: string }[] = (Object.keys(bodies) as ScriptName[]).map(
  (name) => ({ name, lua: shared + bodies[name] }),
)
