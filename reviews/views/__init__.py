"""The pages' doors to ratings and reviews."""
