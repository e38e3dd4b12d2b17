"""The pages' doors to what members hold."""
