"""The catalogue's bodies. They are written out by hand, since a page of them is the API's busiest answer;
the declared fields are what the OpenAPI document says, and a test holds the two together.
"""
