// Jobs that really take a moment, told over the event stream.
export const jobs = []
const ears = new Set()

export function listen(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
  response.write(':\n\n')
  ears.add(response)
  request.on('close', () => ears.delete(response))
}
function tell(type, data) {
  for (const ear of ears) ear.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
}
export function startJob(kind, title, total, finish) {
  const job = { id: jobs.length + 1, kind, title, state: 'running', progress: 0, done: 0, total, rate: null, remaining_s: null, message: null, error: null, file: null, created_at: new Date().toISOString(), ended_at: null, undo: kind === 'bulk' }
  jobs.unshift(job)
  let step = 0
  const timer = setInterval(() => {
    step++
    job.progress = step / 8
    job.done = Math.round(total * job.progress)
    job.rate = total / 2
    job.remaining_s = (8 - step) / 4
    if (step === 8) {
      clearInterval(timer)
      finish()
      job.state = 'done'
      job.ended_at = new Date().toISOString()
      if (kind === 'export') job.file = { name: 'export.xlsx', size: total * 120 }
    }
    tell('job', job)
  }, 250)
  timer.unref()
  return { ...job }
}
