"""Ba câu hỏi của máy: alive, ready, how it is doing.

They are answered before sessions, redirects to TLS and host names, to whoever asks on this machine itself, or
shows `ANSINH_METRICS_TOKEN` where one is set (then nobody else). For others these addresses do not exist.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, resolve
from django.views.decorators.http import require_safe

from ansinh.config.addresses import DIRECT, is_this_machine
from ansinh.office.watch import measured, readiness
from ansinh.web.gate import rule
from ansinh.web.watch import counted

Answer = Callable[[HttpRequest], HttpResponseBase]


def may_ask(request: HttpRequest) -> bool:
    """Whether a machine of ours asks: with the token where one is set, else from this very machine."""
    token = str(settings.METRICS_TOKEN)
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(shown.encode(), token.encode())
    return bool(request.META.get(DIRECT)) and is_this_machine(request.META.get("REMOTE_ADDR", ""))


@rule(public=True)
def healthz(request: HttpRequest) -> HttpResponse:
    """Còn sống: a process answers. Asks nothing of the database."""
    _ours_only(request)
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@rule(public=True)
def readyz(request: HttpRequest) -> HttpResponse:
    """Sẵn sàng: 200, or 503 and which part is not."""
    _ours_only(request)
    parts = readiness.parts()
    ready = all(part.well for part in parts)
    answer = JsonResponse(
        {"ready": ready, "parts": {part.name: part.said for part in parts}}, status=200 if ready else 503
    )
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 -- no error of the site
    return answer


@rule(public=True)
def metrics(request: HttpRequest) -> HttpResponse:
    """Số đo: in Prometheus' text; also when the database does not answer."""
    _ours_only(request)
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    registry.register(Measured())
    if counted.histogram() is not None:
        MultiProcessCollector(registry, path=str(counted.FOLDER))  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Measured:
    """What `office.watch` measured, as prometheus-client takes it."""

    def collect(self) -> Iterable[Any]:
        """One gauge a measure."""
        return list(_gauges())


def _gauges() -> Iterator[Any]:
    from prometheus_client.core import GaugeMetricFamily

    for measure in measured.measures():
        names = [name for name, _ in next(iter(measure.values), ())]
        gauge = GaugeMetricFamily(f"ansinh_{measure.name}", measure.help, labels=names)
        for labels, value in measure.values.items():
            gauge.add_metric([said for _, said in labels], value)
        yield gauge


def _ours_only(request: HttpRequest) -> None:
    if not may_ask(request):
        raise Http404


PROBES: dict[str, Answer] = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}


def addresses() -> list[URLPattern]:
    """The three addresses."""
    return [path(at[1:], require_safe(view), name=at[1:]) for at, view in PROBES.items()]


class ProbeMiddleware:
    """Trả lời máy theo dõi trước mọi thứ khác: next to the edge, which has settled who asks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = PROBES.get(request.path_info)
        if view is None or request.method not in {"GET", "HEAD"} or not may_ask(request):
            return self.get_response(request)
        request.resolver_match = resolve(request.path_info)
        return view(request)
