from django.urls import URLPattern, path

from tiepdan.receptions.views import papers, publication

_PLAN = "buoi-tiep/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path(f"{_PLAN}van-ban/", papers.papers, name="papers"),
    path(f"{_PLAN}van-ban/tao-bo/", papers.make, name="papers_make"),
    path(f"{_PLAN}van-ban/tai-ve/", papers.archive, name="papers_archive"),
    path(f"{_PLAN}phien-ban/", publication.versions, name="versions"),
    path(f"{_PLAN}phien-ban/niem-yet/", publication.posters, name="posters_make"),
    path(f"{_PLAN}cong-bo/", publication.publish, name="publish"),
    path(f"{_PLAN}phien-ban/cong-bo/", publication.publish_version, name="publish_version"),
    path(f"{_PLAN}doi-lich/", publication.change, name="change_slot"),
    path(f"{_PLAN}hoan/", publication.postpone, name="postpone"),
    path(f"{_PLAN}huy/", publication.cancel, name="cancel"),
    path(f"{_PLAN}lap-lai/", publication.replan, name="replan"),
]
