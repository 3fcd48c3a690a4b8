#ifndef GUANXI_PRODUCT_PRODUCT_INTERNAL_H
#define GUANXI_PRODUCT_PRODUCT_INTERNAL_H

#include "product/product.h"

Status product_add_picture(Req *rq);
Status product_show_picture(Req *rq);

#endif
