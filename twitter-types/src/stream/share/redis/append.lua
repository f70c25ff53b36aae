-- Appends a batch to a partition, unless it is there already, or another consumer has taken over.
--
-- KEYS: the partition's state, a hash of `token`, `number` and `cursor`; its stream.
-- ARGV: the token; the batch's number; the cursor, or nothing; how many entries to keep, or 0; and for
-- each entry a field, its value, and an id, or nothing. It answers whether it was appended, by now or
-- before; whether another has the partition; or that batches before this one are gone.

local token, number = unpack(redis.call('HMGET', KEYS[1], 'token', 'number'))
if token ~= ARGV[1] then return 'superseded' end
if tonumber(ARGV[2]) <= tonumber(number) then return 'appended' end
if tonumber(ARGV[2]) > tonumber(number) + 1 then return 'forgotten' end

for at = 5, #ARGV, 3 do
    local field, value, id = ARGV[at], ARGV[at + 1], ARGV[at + 2]
    if id == '' then
        redis.call('XADD', KEYS[2], '*', field, value)
    else
        redis.call('XADD', KEYS[2], '*', 'id', id, field, value)
    end
end
if ARGV[4] ~= '0' then redis.call('XTRIM', KEYS[2], 'MAXLEN', '~', ARGV[4]) end

redis.call('HSET', KEYS[1], 'number', ARGV[2])
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'cursor', ARGV[3]) end
return 'appended'
