/**
 * Takes one from every budget, or from none when one of them is empty. The clock is the one of Redis, so the nodes need not agree
 * on the time. KEYS: one hash per budget, the number of a cell → requests. ARGV: quota and milliseconds of a cell per budget, then how
 * many cells a window has. Answers 1 or 0, then per budget how much is used and the milliseconds until more of it is free.
 */
export const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[#ARGV])
local answer = { 1 }
for i, key in ipairs(KEYS) do
  local quota, length = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local current = math.floor(now / length)
  local used, oldest = 0, current
  local counts = redis.call('HGETALL', key)
  for j = 1, #counts, 2 do
    local cell = tonumber(counts[j])
    if cell < current - window then
      redis.call('HDEL', key, counts[j])
    else
      used = used + tonumber(counts[j + 1])
      oldest = math.min(oldest, cell)
    end
  end
  if used >= quota then answer[1] = 0 end
  answer[2 * i] = used
  answer[2 * i + 1] = (oldest + window + 1) * length - now
end
if answer[1] == 1 then
  for i, key in ipairs(KEYS) do
    local length = tonumber(ARGV[2 * i])
    redis.call('HINCRBY', key, string.format('%d', math.floor(now / length)), 1)
    redis.call('PEXPIRE', key, (window + 1) * length)
    answer[2 * i] = answer[2 * i] + 1
  end
end
return answer`;
