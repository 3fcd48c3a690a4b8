// Shared by the files of customer/ only.
#ifndef GUANXI_CUSTOMER_CUSTOMER_INTERNAL_H
#define GUANXI_CUSTOMER_CUSTOMER_INTERNAL_H

#include "customer/customer.h"

extern const TimelineSource change_timeline, contact_timeline;

Status customer_timeline(Req *rq);
Status customer_sources(Req *rq);

#endif
