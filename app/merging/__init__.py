"""Two libraries of one reader become one."""
