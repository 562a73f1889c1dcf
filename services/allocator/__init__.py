"""The allocator: turns a problem into a plan that is fair, proven and explained."""
