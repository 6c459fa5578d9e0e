"""What machines ask about an instance: is it alive, is it ready, what are its numbers."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from revue.platform import checks, jobs, metrics


@require_safe
def healthz(_: HttpRequest) -> HttpResponse:
    """The process answers. Restart it when this fails."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_: HttpRequest) -> HttpResponse:
    """The process can serve: its database answers and has its tables. Send no one here while this is 503."""
    problems = checks.problems_for_ready()
    return JsonResponse({"ready": not problems, "problems": problems}, status=503 if problems else 200)


@require_safe
def numbers(_: HttpRequest) -> HttpResponse:
    """Prometheus' text format."""
    waiting = {queue: float(number) for queue, number in jobs.waiting().items()}
    text = metrics.render(extra={"revue_platform_jobs_waiting|Jobs that wait, by queue.|queue": waiting})
    return HttpResponse(text, content_type=metrics.CONTENT_TYPE)
