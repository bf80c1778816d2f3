-- GET of one piece of a pack each, from the first to the last and round again. Arguments: how many pieces, the bytes of one.
local pieces, size, n = 1, 1, 0

function init(args)
  pieces, size = tonumber(args[1]), tonumber(args[2])
end

function request()
  local from = n % pieces * size
  n = n + 1
  return wrk.format("GET", nil, { ["Range"] = string.format("bytes=%d-%d", from, from + size - 1) })
end
