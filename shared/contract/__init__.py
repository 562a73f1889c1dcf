"""The wire format between the API and the allocator: problem in, result out."""
