"""What a password must be, where Django has no Chinese words for it."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Refuses short passwords; Django's own sentence is not translated in 5.2."""

    def get_error_message(self) -> str:
        """Return the sentence for a password that is too short."""
        return f"密码太短，至少 {self.min_length} 位。"
