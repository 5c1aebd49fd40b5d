from django.urls import path

from verification.views import assigning, desk, replies, reviewing, ruling

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("notifications/", desk.notifications, name="notification-list"),
    path("assignments/", assigning.listing, name="assignment-list"),
    path("claims/<str:reference>/assign/", assigning.assign, name="claim-assign"),
    path("assignments/<int:pk>/accept/", assigning.accept, name="assignment-accept"),
    path("assignments/<int:pk>/decline/", assigning.decline, name="assignment-decline"),
    path("assignments/<int:pk>/cancel/", assigning.cancel, name="assignment-cancel"),
    path("assignments/<int:pk>/finish/", assigning.finish, name="assignment-finish"),
    path("assignments/<int:pk>/review/", reviewing.review, name="claim-review"),
    path("claims/<str:reference>/rule/", ruling.rule, name="claim-rule"),
    path("claims/<str:reference>/reply/", replies.ask, name="reply-ask"),
    path("replies/<int:pk>/", replies.note, name="reply-note"),
]
