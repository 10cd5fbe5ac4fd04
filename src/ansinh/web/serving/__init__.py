"""Phục vụ trang web: the site's processes, who looks after them, and how a connection is answered."""
