"""The outside of the allocator: commands, HTTP, and the processes that solve."""
