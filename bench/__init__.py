"""The figures of README's performance table: one file a figure, each printed beside its peer where it has one."""
