-- Does what one consumer asks, and says how things stand then.
--
-- KEYS: the state. ARGV: the question. Both are JSON; times are in milliseconds, by this server's clock.
-- The state: the greatest token that was given out; each consumer, and until when it is believed to be
-- there; each partition that is held, by whom, by which token, and until when.

local ask = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = now + ask.lease

local found = redis.call('GET', KEYS[1])
local state = found and cjson.decode(found) or { token = 0, consumers = {}, leases = {} }

for consumer, till in pairs(state.consumers) do
    if till <= now then state.consumers[consumer] = nil end
end
for partition, lease in pairs(state.leases) do
    if lease.ends <= now then state.leases[partition] = nil end
end

local function held(lease)
    local found = state.leases[tostring(lease.partition)]
    return found and found.consumer == ask.consumer and found.token == lease.token and found
end

for _, lease in ipairs(ask.release) do
    if held(lease) then state.leases[tostring(lease.partition)] = nil end
end
for _, lease in ipairs(ask.renew) do
    local found = held(lease)
    if found then found.ends = ends end
end
for _, partition in ipairs(ask.take) do
    local found = state.leases[tostring(partition)]
    -- What is the consumer's already was taken by a question whose answer was lost.
    if not found or found.consumer == ask.consumer then
        -- Time goes on also if this key is lost: no token is given out twice.
        state.token = math.max(state.token + 1, now)
        state.leases[tostring(partition)] =
            { consumer = ask.consumer, token = state.token, ends = ends }
    end
end

state.consumers[ask.consumer] = nil
if not ask.is_leaving then state.consumers[ask.consumer] = ends end

local text = cjson.encode(state)
redis.call('SET', KEYS[1], text)
return text
