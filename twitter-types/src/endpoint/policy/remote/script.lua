-- What machines know together of the three limits of one operation, and how they share it.
--
-- KEYS: the App's day, the user's day, the window. ARGV[1]: what to do, as JSON. All in milliseconds,
-- by the clock of this server. It answers JSON.
--
-- Of each limit it keeps: what X told last (limit, remaining, reset; `unlimited` if X names none), the
-- calls under way and until when they are believed to be, and the machines that came lately, each
-- with a share that was promised to it: so much of the rest it may use if this server falls silent.
-- Nobody else is given that until `till`. The shares never add up to more than the rest.

local ask = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function count(set)
    local number = 0
    for _ in pairs(set) do number = number + 1 end
    return number
end

-- X may have counted a call that got no answer.
local function lose(limit)
    if limit.remaining then limit.remaining = math.max(0, limit.remaining - 1) end
end

-- How many machines came lately. The others are forgotten.
local function machines(limit)
    for name, machine in pairs(limit.machines) do
        if machine.seen + ask.lately <= now then limit.machines[name] = nil end
    end
    return math.max(1, count(limit.machines))
end

-- What nobody but the others may use.
local function promised(limit)
    local sum = 0
    for name, machine in pairs(limit.machines) do
        if name ~= ask.machine and machine.till > now then sum = sum + machine.share end
    end
    return sum
end

local function load(key)
    local text = redis.call('GET', key)
    local limit = text and cjson.decode(text) or { calls = {}, machines = {} }
    if limit.reset and limit.reset <= now then
        -- The next window. Who did not come since the last ended has an equal part of it.
        limit.reset = nil
        limit.remaining = limit.limit
        local share = limit.limit and math.floor(limit.limit / machines(limit)) or 0
        for _, machine in pairs(limit.machines) do
            machine.share = share
            machine.till = now + ask.promise
        end
    end
    for id, till in pairs(limit.calls) do
        if till <= now then
            limit.calls[id] = nil
            lose(limit)
        end
    end
    return limit
end

-- Whether there is room for one more call.
local function room(limit)
    if limit.unlimited then return 'made' end
    if limit.remaining == 0 and limit.reset then return 'spent' end
    local flying = count(limit.calls)
    if limit.remaining and limit.remaining > flying then
        local is_free = limit.remaining - flying > promised(limit)
        return is_free and 'made' or 'later'
    end
    if flying > 0 then return 'later' end
    -- Nothing is known, or not any more: one call goes first.
    limit.remaining = nil
    return 'made'
end

-- Promises the asker its share, and tells it.
local function promise(limit)
    local machine = limit.machines[ask.machine] or {}
    limit.machines[ask.machine] = machine
    machine.seen, machine.share, machine.till = now, 0, now + ask.promise
    if limit.unlimited then return { unlimited = true } end
    if not limit.remaining then return { unlimited = false } end
    local number = machines(limit)
    local rest = limit.remaining - count(limit.calls)
    machine.share = math.max(0, math.min(math.floor(rest / number), rest - promised(limit)))
    return {
        unlimited = false,
        limit = limit.limit,
        share = machine.share,
        machines = number,
        reset = limit.reset and limit.reset - now,
    }
end

-- What X told: of a window that is over nothing, of this window the least.
local function learn(limit, told)
    if told.reset <= now then
        if not limit.remaining then limit.unlimited = true end
        return
    end
    local known = not limit.unlimited and limit.remaining
    if known and limit.reset and told.reset < limit.reset then return end
    local is_same = known and (not limit.reset or limit.reset == told.reset)
    limit.remaining = is_same and math.min(known, told.remaining) or told.remaining
    limit.limit, limit.reset, limit.unlimited = told.limit, told.reset, nil
end

local limits = { load(KEYS[1]), load(KEYS[2]), load(KEYS[3]) }
local answer = { verdict = 'made' }

if ask.act == 'reserve' then
    local is_settling = false
    for index, limit in ipairs(limits) do
        if (limit.settling or 0) > now then is_settling = true end
        local verdict = room(limit)
        if verdict == 'spent' then
            answer = { verdict = 'spent', which = index - 1, reset = limit.reset - now }
            break
        elseif verdict == 'later' then
            answer.verdict = 'later'
        end
    end
    if limits[1].calls[ask.id] then
        -- The answer to a first attempt was lost.
        answer = { verdict = 'made' }
    elseif is_settling and answer.verdict ~= 'spent' then
        -- Somebody came back from an outage. Until all have, each keeps to the share it had.
        answer.verdict = ask.has_share and 'share' or 'later'
    end
    if answer.verdict == 'made' or answer.verdict == 'share' then
        for _, limit in ipairs(limits) do limit.calls[ask.id] = now + ask.lease end
    end
    if not is_settling then
        answer.shares = { promise(limits[1]), promise(limits[2]), promise(limits[3]) }
    end
elseif ask.act == 'settle' then
    for index, limit in ipairs(limits) do
        local told = ask.told[index]
        local is_counted = limit.calls[ask.id] and not told and ask.how ~= 'unsent'
        limit.calls[ask.id] = nil
        if is_counted then lose(limit) end
        if told then
            learn(limit, told)
        elseif ask.how == 'answered' and not limit.remaining then
            limit.unlimited = true
        end
    end
    if ask.spent then
        local window = limits[3]
        window.remaining, window.reset, window.unlimited = 0, now + ask.spent, nil
    end
elseif ask.act == 'return' then
    for index, limit in ipairs(limits) do
        limit.settling = now + ask.settling
        for _, id in ipairs(ask.calls) do
            limit.calls[id] = limit.calls[id] or now + ask.lease
        end
        local told = ask.told[index]
        if told and told.reset then
            learn(limit, told)
        elseif told and not limit.remaining and not limit.unlimited then
            limit.limit, limit.remaining = told.limit, told.remaining
        end
    end
end

for index, limit in ipairs(limits) do
    redis.call('SET', KEYS[index], cjson.encode(limit), 'PX', ask.keep)
end
return cjson.encode(answer)
