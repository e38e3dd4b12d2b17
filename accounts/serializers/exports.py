from django.urls import reverse
from rest_framework import serializers

from accounts.models import DataExport


class ExportSerializer(serializers.ModelSerializer):
    archive = serializers.SerializerMethodField(help_text="Where it is, once it is ready: a ZIP file.")

    class Meta:
        model = DataExport
        fields = ["id", "state", "created_at", "ready_at", "expires_at", "archive"]
        read_only_fields = fields

    def get_archive(self, export: DataExport) -> str | None:
        if export.state != DataExport.State.READY:
            return None
        return self.context["request"].build_absolute_uri(reverse("export-archive", args=[export.pk]))
