-- POST of one op each, every one new: report_fault on a thing of the list, another kind of fault when the list is through.
-- Arguments: the file with the things' ids, the content type, how many were sent before.
local whats = { "broken", "sign_gone", "under_water", "toilet_closed", "litter", "other" }
local things, headers, n = {}, {}, 0

function init(args)
  for line in io.lines(args[1]) do
    things[#things + 1] = line
  end
  headers["Content-Type"] = args[2]
  n = tonumber(args[3])
end

function request()
  local thing, what = things[n % #things + 1], whats[math.floor(n / #things) % #whats + 1]
  local line = string.format(
    '{"id":"019b76da-a800-7000-8000-%012x","verb":"report_fault","at":"2026-03-03T13:30:05Z","subject":{"kind":"facility","id":"%s"},"base":null,"args":{"what":"%s","text":"","photos":[]}}',
    n, thing, what)
  n = n + 1
  return wrk.format("POST", nil, headers, line)
end
