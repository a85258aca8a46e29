-- wrk's part of the load: pictures of a folder, in turn.
--   wrk … -s post.lua URL -- FOLDER COUNT

local requests = {}
local turn = 0

function init(args)
  for index = 1, tonumber(args[2]) do
    local file = assert(io.open(args[1] .. "/" .. index .. ".png", "rb"))
    requests[index] = wrk.format("POST", nil, { ["Content-Type"] = "image/png" }, file:read("*a"))
    file:close()
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "median": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, failed
  ))
end
