#!/bin/sh
# Amazon S3, with CloudFront before it:
#
#   sh docs/hosting/s3.sh dist s3://recover.example.org
#
# What pages name is uploaded before the pages, and nothing is deleted, so that at each moment
# every page finds its files. config.json is yours and not touched. Once, and after each change:
#
#   aws s3 cp config.json s3://recover.example.org/config.json \
#       --content-type application/json --cache-control no-cache
#
# In a folder, such as /recover/, write s3://example.org/recover.
#
# The bucket has to be a website, with index.html as its index and 404.html as its error document.
# S3 alone hands that out without https, without compression and without headers of yours. So put
# CloudFront before the website's address (not the bucket's, which has no pages for folders):
#
# - "CachingOptimized" as the cache policy: it compresses, with brotli too, and heeds what is said
#   below on caching. The .br and .gz in dist/ are not needed: S3 cannot choose between them.
# - a response headers policy with the headers from docs/hosting/_headers.
# - "Redirect HTTP to HTTPS".
#
# Password managers look for the page on which a password is changed at an address of its own,
# which leads to /reset/ (in a folder, to /recover/reset/):
#
#   aws s3api put-object --bucket recover.example.org --key .well-known/change-password \
#       --website-redirect-location /reset/
set -eu

from=${1%/}
to=${2%/}

# upload FOLDER CACHE ENDING TYPE: the files of a folder that end like this.
upload() {
    aws s3 cp "$from$1" "$to$1" --recursive --exclude '*' --include "*$3" \
        --cache-control "$2" --content-type "$4"
}

forever='public, max-age=31536000, immutable'
upload /assets "$forever" .wasm application/wasm
upload /assets "$forever" .js text/javascript
upload /assets "$forever" .txt text/plain

# There are no such files in assets/.
upload '' no-cache .css text/css
upload '' no-cache .svg image/svg+xml
for text in common-passwords.txt passphrase-words.txt LICENSES.txt; do
    aws s3 cp "$from/$text" "$to/$text" --cache-control no-cache --content-type text/plain
done

upload '' no-cache .html text/html
aws s3 cp "$from/SHA256SUMS" "$to/SHA256SUMS" --cache-control no-cache --content-type text/plain
