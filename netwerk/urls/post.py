"""Private post."""

from django.urls import URLPattern, URLResolver, path

from netwerk.views import post

urlpatterns: list[URLPattern | URLResolver] = [
    path("post/", post.post, name="post"),
    path("post/aan/<slug:code>/", post.post_schrijven, name="post_schrijven"),
    path("post/organisatie/<slug:slug>/", post.post_organisatie, name="post_organisatie"),
    path("post/<slug:code>/", post.postdraad, name="postdraad"),
    path("post/<slug:code>/opruimen/", post.post_opruimen, name="post_opruimen"),
]
