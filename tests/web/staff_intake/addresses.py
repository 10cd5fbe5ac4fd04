from django.urls import include, path

urlpatterns = [path("", include("ansinh.web.staff.urls_intake")), path("", include("ansinh.config.urls"))]
