# The night of nightly.sh as a Makefile: only what has changed since is done again, two things at a time.
#
#   make -s -j2 -f nightly.mk EXPORTS=. OUT=/srv/reports DAY=2026-03-31
#
# An export that is refused leaves its old copy, and stops what depends on it; with -k the rest is done. One that
# is not there is left out: look at `ls`, or let nightly.sh say it.
EXPORTS ?= .
OUT ?= reports
DAY ?= $(shell date +%F)

orders := $(patsubst $(EXPORTS)/%,$(OUT)/clean/%.csv,$(wildcard $(EXPORTS)/orders-*))
contacts := $(patsubst $(EXPORTS)/%,$(OUT)/clean/%.csv,$(wildcard $(EXPORTS)/contacts-*))
sections := $(patsubst %,$(OUT)/%.csv,pipeline forecast funnel segments cohorts calls)

all: $(OUT)/report.html $(OUT)/customers.csv $(OUT)/rfm.csv

$(OUT)/report.html: $(sections) $(OUT)/day
	crm-report --title "Silberkanne, $(DAY)" --as-of $(DAY) -o $@ $(sections)

IMPORT = @mkdir -p $(OUT)/clean $(OUT)/rejects; crm-import -q --region DE --max-rejects 5% --rejects $(OUT)/rejects/$(<F).csv -o $@
$(OUT)/clean/orders-%.csv: $(EXPORTS)/orders-%
	$(IMPORT) --as order $<
$(OUT)/clean/contacts-%.csv: $(EXPORTS)/contacts-%
	$(IMPORT) --as contact $<

$(OUT)/customers.csv: $(contacts)
	crm-dedupe -q --merge --undo-log $(OUT)/customers.undo -o $@ $^

ORDERS = -q --as-of $(DAY) --rejects $(OUT)/rejects/$(@F) -o $@ $(orders)
$(OUT)/rfm.csv $(OUT)/segments.csv: $(orders) $(EXPORTS)/segments.json $(OUT)/day
	crm-rfm --segments $(EXPORTS)/segments.json $(if $(findstring segments.csv,$@),--summary) $(ORDERS)
$(OUT)/cohorts.csv: $(orders) $(OUT)/day
	crm-cohort --period quarter $(ORDERS)

$(OUT)/calls.csv: $(addprefix $(EXPORTS)/,rules-b2b.json lead-events.csv leads.csv) $(OUT)/day
	crm-score -q --rules $(EXPORTS)/rules-b2b.json --events $(EXPORTS)/lead-events.csv --as-of $(DAY) --top 10 -o $@ $(EXPORTS)/leads.csv

$(OUT)/funnel.csv: $(EXPORTS)/shop-log.csv
	@mkdir -p $(@D)
	crm-funnel -q --steps visit,cart,checkout,order --window 14d -o $@ $<

$(OUT)/pipeline.csv $(OUT)/forecast.csv: $(addprefix $(EXPORTS)/,stages.csv deal-stages.csv deals.csv) $(OUT)/day
	crm-pipeline --stages $(EXPORTS)/stages.csv --history $(EXPORTS)/deal-stages.csv --as-of $(DAY) \
	    $(if $(findstring forecast,$@),--report forecast) -o $@ $(EXPORTS)/deals.csv

# Changes when the day does.
$(OUT)/day: always
	@mkdir -p $(@D); echo $(DAY) | cmp -s - $@ || echo $(DAY) >$@

.PHONY: all always
